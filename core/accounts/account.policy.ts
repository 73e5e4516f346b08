import { literal, Op, type WhereOptions } from 'sequelize'

/**
 * Accounts that exist for others: not those that are gone, and not those whose log-in was never confirmed or
 * approved (ACCT-10, ACCT-16). For queries on `Account`.
 */
export const existing: WhereOptions = {
  [Op.and]: [
    { goneAt: null },
    literal(
      `NOT EXISTS (SELECT FROM users AS u WHERE u.account_id = "Account".id
         AND (u.confirmed_at IS NULL OR u.approved_at IS NULL))`,
    ),
  ],
}
