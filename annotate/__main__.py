"""`python -m annotate`: the command line."""

from annotate.faces.cli import main

if __name__ == "__main__":
    main()
