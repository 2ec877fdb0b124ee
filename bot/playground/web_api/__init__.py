"""The Web API: one file for each family of methods, and the door through which every call comes (serving.py).

Beside it the addresses that calls lead to: of uploads, of pictures, of the page of consent.
"""
