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

/** Something a member is told. */
export class Notification extends Model<
  InferAttributes<Notification>,
  InferCreationAttributes<Notification>
> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare kind: string
  declare fromId: Id
  declare postId: CreationOptional<Id | null>
  declare subjectId: CreationOptional<Id | null>
  declare groupKey: CreationOptional<string | null>
  declare isFiltered: CreationOptional<boolean>
  declare createdAt: CreationOptional<Date>
}

Notification.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('DEFAULT') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    kind: { type: DataTypes.TEXT, allowNull: false },
    fromId: { type: DataTypes.BIGINT, allowNull: false },
    postId: { type: DataTypes.BIGINT },
    subjectId: { type: DataTypes.BIGINT },
    groupKey: { type: DataTypes.TEXT },
    isFiltered: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'notifications' },
)
