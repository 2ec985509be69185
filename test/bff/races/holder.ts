/** Another program that works on the SQLite file: it holds the write lock for as many ms as it is told. */
import BetterSqlite3 from 'better-sqlite3'
import { writeSync } from 'node:fs'

const [file = '', ms = '0'] = process.argv.slice(2)
const db = new BetterSqlite3(file)
db.exec('begin immediate')
writeSync(1, 'held\n')
setTimeout(() => {
  db.exec('commit')
  db.close()
}, Number(ms))
