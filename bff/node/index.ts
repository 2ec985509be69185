export { readCsv } from './csv.ts'
export { openPostgres } from './postgres.ts'
export { listen, type Listening } from './server.ts'
export { openSqlite } from './sqlite.ts'
