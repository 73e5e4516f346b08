import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
  type NonAttribute,
} from 'sequelize'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'
import type { InteractionPolicy } from './interactions/interaction.policy.ts'
import type { EmojiUse } from '../accounts/account.model.ts'

/** An emoji that people gave a post: how many, the id of the first reaction, and some of those who gave it. */
export type ReactionTally = {
  count: number
  first: Id
  by: Id[]
  /** Of a custom emoji. */
  picture?: { url: string; staticUrl: string } | null
}

export type Visibility = 'public' | 'unlisted' | 'private' | 'direct'

/** What somebody published, or a boost of it. */
export class Post extends Model<InferAttributes<Post>, InferCreationAttributes<Post>> {
  declare id: CreationOptional<Id>
  declare authorId: Id
  declare uri: CreationOptional<string | null>
  declare url: CreationOptional<string | null>
  declare boostOfId: CreationOptional<Id | null>
  declare replyToId: CreationOptional<Id | null>
  declare replyToAccountId: CreationOptional<Id | null>
  declare replyToUri: CreationOptional<string | null>
  declare threadId: Id
  declare conversationUri: CreationOptional<string | null>
  declare visibility: Visibility
  /** As it was typed; of another server what that says, if anything, and then with its media type. */
  declare text: CreationOptional<string>
  declare textType: CreationOptional<string | null>
  declare html: CreationOptional<string>
  declare spoilerText: CreationOptional<string>
  declare isSensitive: CreationOptional<boolean>
  declare language: CreationOptional<string | null>
  declare emojis: CreationOptional<EmojiUse[]>
  declare appId: CreationOptional<Id | null>
  declare hasMedia: CreationOptional<boolean>
  declare repliesCount: CreationOptional<number>
  declare boostsCount: CreationOptional<number>
  declare favouritesCount: CreationOptional<number>
  declare quotesCount: CreationOptional<number>
  declare reactions: CreationOptional<Record<string, ReactionTally> | null>
  declare quoteAutomatic: CreationOptional<string[] | null>
  declare quoteManual: CreationOptional<string[] | null>
  declare interactionPolicy: CreationOptional<InteractionPolicy | null>
  /** The group that it is in, here or elsewhere. */
  declare groupId: CreationOptional<Id | null>
  declare pinnedAt: CreationOptional<Date | null>
  declare publishedAt: CreationOptional<Date>
  declare receivedAt: CreationOptional<Date>
  declare editedAt: CreationOptional<Date | null>
  declare version: CreationOptional<number>

  get isLocal(): NonAttribute<boolean> {
    return this.uri === null
  }

  get isBoost(): NonAttribute<boolean> {
    return this.boostOfId !== null
  }

  get isReply(): NonAttribute<boolean> {
    return this.replyToId !== null || this.replyToUri !== null
  }
}

Post.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    authorId: { type: DataTypes.BIGINT, allowNull: false },
    uri: { type: DataTypes.TEXT },
    url: { type: DataTypes.TEXT },
    boostOfId: { type: DataTypes.BIGINT },
    replyToId: { type: DataTypes.BIGINT },
    replyToAccountId: { type: DataTypes.BIGINT },
    replyToUri: { type: DataTypes.TEXT },
    threadId: { type: DataTypes.BIGINT, allowNull: false },
    conversationUri: { type: DataTypes.TEXT },
    visibility: { type: DataTypes.TEXT, allowNull: false },
    text: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    textType: { type: DataTypes.TEXT },
    html: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    spoilerText: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    isSensitive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    language: { type: DataTypes.TEXT },
    emojis: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    appId: { type: DataTypes.BIGINT },
    hasMedia: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    repliesCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    boostsCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    favouritesCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    quotesCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    reactions: { type: DataTypes.JSONB },
    quoteAutomatic: { type: DataTypes.ARRAY(DataTypes.TEXT) },
    quoteManual: { type: DataTypes.ARRAY(DataTypes.TEXT) },
    interactionPolicy: { type: DataTypes.JSONB },
    groupId: { type: DataTypes.BIGINT },
    pinnedAt: { type: DataTypes.DATE },
    publishedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    receivedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    editedAt: { type: DataTypes.DATE },
    version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'posts' },
)
