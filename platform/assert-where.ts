import type { Sequelize } from 'sequelize'

const isNothing = (where: unknown): boolean =>
  typeof where !== 'object' ||
  where === null ||
  where instanceof Date ||
  (Reflect.ownKeys(where).length === 0 && !(Symbol.toStringTag in where))

const holdsUndefined = (where: unknown): boolean =>
  Array.isArray(where)
    ? where.some(holdsUndefined)
    : typeof where === 'object' &&
      where !== null &&
      Object.getPrototypeOf(where) === Object.prototype &&
      Reflect.ownKeys(where).some((key) => {
        const value: unknown = Reflect.get(where, key)
        return value === undefined || holdsUndefined(value)
      })

function check(options: { where?: unknown; truncate?: boolean } | undefined, isNeeded: boolean): void {
  if (!options || options.truncate || (!('where' in options) && !isNeeded)) return
  if (isNothing(options.where) || holdsUndefined(options.where))
    throw new TypeError('a query would reach every row: its condition holds nothing')
}

/**
 * Refuses queries of models whose condition is no condition, or holds an undefined value: Sequelize would leave that out
 * and reach every row (CVE-2023-22579). Changes and deletions must have one, or say `truncate`; to look at all rows `where`
 * is left out.
 */
export function assertWhere(db: Sequelize): void {
  db.addHook('beforeFind', (options) => check(options, false))
  db.addHook('beforeCount', (options) => check(options, false))
  db.addHook('beforeBulkUpdate', (options) => check(options, true))
  db.addHook('beforeBulkDestroy', (options) => check(options, true))
}
