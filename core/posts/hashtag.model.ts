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

/** A hashtag by its normalised name; `displayName` is the case it was first typed in. */
export class Hashtag extends Model<InferAttributes<Hashtag>, InferCreationAttributes<Hashtag>> {
  declare id: CreationOptional<Id>
  declare name: string
  declare displayName: string
  declare createdAt: CreationOptional<Date>
  /** May it be found by search? */
  declare isListable: CreationOptional<boolean>
  /** May it trend? Null while nobody has looked. */
  declare isTrendable: CreationOptional<boolean | null>
  declare reviewedAt: CreationOptional<Date | null>
}

Hashtag.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    name: { type: DataTypes.TEXT, allowNull: false },
    displayName: { type: DataTypes.TEXT, allowNull: false },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    isListable: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    isTrendable: { type: DataTypes.BOOLEAN },
    reviewedAt: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'hashtags' },
)
