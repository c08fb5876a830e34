"""What runs in the confined child: one file for each format, and what those of word processors share.

The child loads a reader with its neighbours under the package name `readers` and knows nothing else of ours, so
these files import the standard library, pypdf and each other (relatively), and never `recruitment`.
"""
