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

/** What a custom emoji looks like. */
export type Picture = { url: string; staticUrl: string }

/** What somebody thinks of a post; a favourite is the reaction without an emoji. */
export class Reaction extends Model<InferAttributes<Reaction>, InferCreationAttributes<Reaction>> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare postId: Id
  declare emoji: CreationOptional<string>
  declare uri: CreationOptional<string | null>
  declare picture: CreationOptional<Picture | null>
}

Reaction.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    postId: { type: DataTypes.BIGINT, allowNull: false },
    emoji: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    uri: { type: DataTypes.TEXT },
    picture: { type: DataTypes.JSONB },
  },
  { sequelize: db, tableName: 'reactions' },
)
