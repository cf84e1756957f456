raise SyntaxError("own message")
