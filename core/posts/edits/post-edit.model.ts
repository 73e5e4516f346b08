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
import type { EmojiUse } from '../../accounts/account.model.ts'

/** How a post was before an edit. */
export class PostEdit extends Model<InferAttributes<PostEdit>, InferCreationAttributes<PostEdit>> {
  declare id: CreationOptional<Id>
  declare postId: Id
  declare text: string
  declare html: string
  declare spoilerText: string
  declare isSensitive: boolean
  declare emojis: CreationOptional<EmojiUse[]>
  declare media: CreationOptional<object[]>
  declare pollOptions: CreationOptional<string[] | null>
  declare createdAt: Date
}

PostEdit.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    postId: { type: DataTypes.BIGINT, allowNull: false },
    text: { type: DataTypes.TEXT, allowNull: false },
    html: { type: DataTypes.TEXT, allowNull: false },
    spoilerText: { type: DataTypes.TEXT, allowNull: false },
    isSensitive: { type: DataTypes.BOOLEAN, allowNull: false },
    emojis: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    media: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    pollOptions: { type: DataTypes.JSONB },
    createdAt: { type: DataTypes.DATE, allowNull: false },
  },
  { sequelize: db, tableName: 'post_edits' },
)
