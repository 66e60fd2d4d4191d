"""File formats, written: a `Source` in, bytes out, the same bytes on every machine. One module for each kind.

No clock, no compression library and no font of the machine has a say in them. Pictures are the exception: a scan is
the same wherever the same releases of pdfium and pillow made it.
"""
