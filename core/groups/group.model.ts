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

/** How an account of this instance is a group. */
export class Group extends Model<InferAttributes<Group>, InferCreationAttributes<Group>> {
  declare accountId: Id
  /** Nobody else posts or votes. */
  declare requiresMembership: CreationOptional<boolean>
  /** Only moderators begin threads. */
  declare isRestricted: CreationOptional<boolean>
  declare createdAt: CreationOptional<Date>
}

Group.init(
  {
    accountId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    requiresMembership: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    isRestricted: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'groups' },
)
