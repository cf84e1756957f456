def outer():
    def inner():
        def innermost():
            raise RuntimeError("deep")
        innermost()
    inner()
outer()
