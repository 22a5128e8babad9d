// error: 'LockedRecord' initializer is inaccessible due to 'package' protection level
import BlindRecord

func forge(_ manifest: Manifest) -> LockedRecord {
  LockedRecord(manifestBytes: [], manifest: manifest, entryBytes: [], entries: [], checkpoint: "")
}
