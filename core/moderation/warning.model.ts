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

export type WarningAction =
  | 'none'
  | 'disable'
  | 'mark_statuses_as_sensitive'
  | 'delete_statuses'
  | 'sensitive'
  | 'silence'
  | 'suspend'

/** What the moderators told a member, and what they did along with it. */
export class Warning extends Model<InferAttributes<Warning>, InferCreationAttributes<Warning>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare action: WarningAction
  declare text: CreationOptional<string>
  declare postIds: CreationOptional<Id[]>
  declare createdAt: CreationOptional<Date>
}

Warning.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    action: { type: DataTypes.TEXT, allowNull: false },
    text: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    postIds: { type: DataTypes.ARRAY(DataTypes.BIGINT), allowNull: false, defaultValue: literal('DEFAULT') },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'warnings' },
)
