"""A made-up state of any size as import files with their maps: to measure on, to try things out, to show.

Nothing in it is real but its shape. The same scale and seed give the same bytes on every machine.
"""
