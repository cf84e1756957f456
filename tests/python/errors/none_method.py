user = None
print(user.get_name().upper())
