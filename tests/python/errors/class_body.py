class Config:
    DEBUG = True
    TIMEOUT = int("ten")
