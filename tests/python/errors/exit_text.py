import sys
def main():
    try:
        sys.exit("fatal: no config")
    finally:
        print("cleanup")
main()
