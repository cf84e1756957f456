result = some_function_name_that_is_long(argument_one=1, argument_two=2) if False else undefined_function(1, 2, 3)[0]
