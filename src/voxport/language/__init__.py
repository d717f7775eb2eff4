"""Language: reading what people say - numbers above all - without models, for every stage that needs it.

Pure functions over words and their times. It finds and writes; what follows from it is the stages' business.
"""
