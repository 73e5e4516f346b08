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

/** Accounts that a member recommends together. */
export class Collection extends Model<InferAttributes<Collection>, InferCreationAttributes<Collection>> {
  declare id: CreationOptional<Id>
  declare ownerId: Id
  declare name: string
  declare description: CreationOptional<string>
  declare language: CreationOptional<string | null>
  declare isSensitive: CreationOptional<boolean>
  declare isDiscoverable: CreationOptional<boolean>
  declare tagName: CreationOptional<string | null>
  declare createdAt: CreationOptional<Date>
  declare updatedAt: CreationOptional<Date>
}

Collection.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    ownerId: { type: DataTypes.BIGINT, allowNull: false },
    name: { type: DataTypes.TEXT, allowNull: false },
    description: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    language: { type: DataTypes.TEXT },
    isSensitive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    isDiscoverable: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    tagName: { type: DataTypes.TEXT },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    updatedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'collections' },
)
