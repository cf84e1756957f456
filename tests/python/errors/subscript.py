config = {"db": {"host": "x"}}
port = int(config["db"]["port"]) + 1
