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

/** Followers and followed accounts that a member lost at once, and why; `targetName` is the domain or the handle. */
export class Severance extends Model<InferAttributes<Severance>, InferCreationAttributes<Severance>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare reason: 'domain_block' | 'user_domain_block' | 'account_suspension'
  declare targetName: string
  declare followersCount: number
  declare followingCount: number
  declare createdAt: CreationOptional<Date>
}

Severance.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    reason: { type: DataTypes.TEXT, allowNull: false },
    targetName: { type: DataTypes.TEXT, allowNull: false },
    followersCount: { type: DataTypes.INTEGER, allowNull: false },
    followingCount: { type: DataTypes.INTEGER, allowNull: false },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'severances' },
)
