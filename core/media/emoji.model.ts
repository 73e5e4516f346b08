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

/** A custom emoji, of this instance when `domain` is null. */
export class Emoji extends Model<InferAttributes<Emoji>, InferCreationAttributes<Emoji>> {
  declare id: CreationOptional<Id>
  declare shortcode: string
  declare domain: CreationOptional<string | null>
  declare uri: CreationOptional<string | null>
  declare mediumId: CreationOptional<Id | null>
  declare remoteUrl: CreationOptional<string | null>
  declare category: CreationOptional<string | null>
  declare isInPicker: CreationOptional<boolean>
  declare isDisabled: CreationOptional<boolean>
  declare createdAt: CreationOptional<Date>
  declare updatedAt: CreationOptional<Date>
}

Emoji.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    shortcode: { type: DataTypes.TEXT, allowNull: false },
    domain: { type: DataTypes.TEXT },
    uri: { type: DataTypes.TEXT },
    mediumId: { type: DataTypes.BIGINT },
    remoteUrl: { type: DataTypes.TEXT },
    category: { type: DataTypes.TEXT },
    isInPicker: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    isDisabled: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    updatedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'emojis' },
)
