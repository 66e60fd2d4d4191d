"""`python -m pipeline.cli`: the same as the command `solieu`."""

from pipeline.cli import main

main(prog_name="solieu")
