import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'
import type { Verdict } from './notification.policy.ts'

/** What a member wants to hear from whom; without a row, what the columns say by themselves (NOTE-06). */
export class NotificationPolicy extends Model<
  InferAttributes<NotificationPolicy>,
  InferCreationAttributes<NotificationPolicy>
> {
  declare accountId: Id
  declare forNotFollowing: CreationOptional<Verdict>
  declare forNotFollowers: CreationOptional<Verdict>
  declare forNewAccounts: CreationOptional<Verdict>
  declare forPrivateMentions: CreationOptional<Verdict>
  declare forLimitedAccounts: CreationOptional<Verdict>
  declare forBots: CreationOptional<Verdict>
}

const verdict = () => ({ type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') })

NotificationPolicy.init(
  {
    accountId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    forNotFollowing: verdict(),
    forNotFollowers: verdict(),
    forNewAccounts: verdict(),
    forPrivateMentions: verdict(),
    forLimitedAccounts: verdict(),
    forBots: verdict(),
  },
  { sequelize: db, tableName: 'notification_policies' },
)
