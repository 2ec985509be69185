/** Another program that works on the SQLite file: it holds the write lock until its input ends. */
import BetterSqlite3 from 'better-sqlite3'
import { writeSync } from 'node:fs'

const db = new BetterSqlite3(process.argv[2] ?? '')
db.exec('begin immediate')
writeSync(1, 'held\n')
process.stdin.resume().once('end', () => {
  db.exec('commit')
  db.close()
})
