import BlindRecord
import Testing
