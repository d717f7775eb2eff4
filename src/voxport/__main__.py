"""`python -m voxport` is the same program as `voxport`."""

from voxport.cli.entry import main

if __name__ == "__main__":
    main()
