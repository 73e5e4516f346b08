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

/** A timeline of chosen accounts. */
export class List extends Model<InferAttributes<List>, InferCreationAttributes<List>> {
  declare id: CreationOptional<Id>
  declare ownerId: Id
  declare title: string
  declare repliesPolicy: CreationOptional<'followed' | 'list' | 'none'>
  declare isExclusive: CreationOptional<boolean>
  declare createdAt: CreationOptional<Date>
}

List.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    ownerId: { type: DataTypes.BIGINT, allowNull: false },
    title: { type: DataTypes.TEXT, allowNull: false },
    repliesPolicy: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    isExclusive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'lists' },
)
