"""How much a file may ask of a reader; beyond it, the file is refused before anything is read.

Chosen well above what a ledger needs: 50,000 rows of 15 columns are 5 MB, 28 MB unzipped.
"""

MB = 2**20
MOST_BYTES = 20 * MB  # of the file as sent
MOST_MEMBERS = 2_000  # parts of a workbook; 200 sheets with drawings have some 800
MOST_DIRECTORY = 2 * MB  # bytes of the zip's list of members, read before they are counted
MOST_UNZIPPED = 200 * MB  # all parts together
MOST_RATIO = 100  # unzipped to zipped; a sheet of repeated rows has up to 50
ANY_RATIO = MB  # parts up to here may have any: a small one does no harm
MOST_SHEETS = 200
MOST_CELLS = 2_000_000  # rows × columns up to the last filled cell: a reader fills all of them
PIECE = 256 * 1024  # bytes inflated at a time
