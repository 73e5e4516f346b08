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

export type AccountKind = 'person' | 'service' | 'group' | 'application' | 'organization'
/** A row of the profile table: as typed for local accounts, and as HTML. */
export type AccountField = { name: string; value: string; valueHtml: string; verifiedAt?: string | null }
/** A key that signs objects, in full: its id and the Multikey. */
export type AssertionKey = { id: string; material: string }
/** A custom emoji used in a text: its code without colons and where its picture is. */
export type EmojiUse = { shortcode: string; url: string; staticUrl: string }

/** Somebody anywhere: a member here, or a person, bot or group of another server. */
export class Account extends Model<InferAttributes<Account>, InferCreationAttributes<Account>> {
  declare id: CreationOptional<Id>
  declare domain: CreationOptional<string | null>
  declare username: string
  declare uri: CreationOptional<string | null>
  declare url: CreationOptional<string | null>
  declare kind: CreationOptional<AccountKind>
  declare displayName: CreationOptional<string>
  declare note: CreationOptional<string>
  declare noteHtml: CreationOptional<string>
  declare fields: CreationOptional<AccountField[]>
  declare emojis: CreationOptional<EmojiUse[]>
  declare avatarId: CreationOptional<Id | null>
  declare headerId: CreationOptional<Id | null>
  declare isLocked: CreationOptional<boolean>
  declare isDiscoverable: CreationOptional<boolean>
  declare isIndexable: CreationOptional<boolean>
  declare hidesCollections: CreationOptional<boolean>
  declare isMemorial: CreationOptional<boolean>
  declare showsMedia: CreationOptional<boolean>
  declare showsMediaReplies: CreationOptional<boolean>
  declare showsFeatured: CreationOptional<boolean>
  declare attributionDomains: CreationOptional<string[]>
  declare inboxUrl: CreationOptional<string | null>
  declare sharedInboxUrl: CreationOptional<string | null>
  declare outboxUrl: CreationOptional<string | null>
  declare followersUrl: CreationOptional<string | null>
  declare followingUrl: CreationOptional<string | null>
  declare featuredUrl: CreationOptional<string | null>
  /** Of groups elsewhere: where it lists its moderators, and whether they alone begin threads. */
  declare moderatorsUrl: CreationOptional<string | null>
  declare restrictsPosting: CreationOptional<boolean>
  declare publicKeyId: CreationOptional<string | null>
  declare publicKeyPem: CreationOptional<string | null>
  declare alsoKnownAs: CreationOptional<string[]>
  declare movedToId: CreationOptional<Id | null>
  declare movedAt: CreationOptional<Date | null>
  declare assertionKeys: CreationOptional<AssertionKey[]>
  declare postsCount: CreationOptional<number>
  declare followersCount: CreationOptional<number>
  declare followingCount: CreationOptional<number>
  declare lastPostAt: CreationOptional<Date | null>
  declare silencedAt: CreationOptional<Date | null>
  declare suspendedAt: CreationOptional<Date | null>
  declare goneAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>
  declare updatedAt: CreationOptional<Date>
  declare fetchedAt: CreationOptional<Date | null>

  get isLocal(): NonAttribute<boolean> {
    return this.domain === null
  }

  /** `alice` here, `bob@elsewhere.example` elsewhere (ACCT-12). */
  get acct(): NonAttribute<string> {
    return this.domain === null ? this.username : `${this.username}@${this.domain}`
  }
}

Account.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    domain: { type: DataTypes.TEXT },
    username: { type: DataTypes.TEXT, allowNull: false },
    uri: { type: DataTypes.TEXT },
    url: { type: DataTypes.TEXT },
    kind: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    displayName: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    note: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    noteHtml: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    fields: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    emojis: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    avatarId: { type: DataTypes.BIGINT },
    headerId: { type: DataTypes.BIGINT },
    isLocked: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    isDiscoverable: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    isIndexable: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    hidesCollections: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    isMemorial: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    showsMedia: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    showsMediaReplies: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    showsFeatured: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    attributionDomains: {
      type: DataTypes.ARRAY(DataTypes.TEXT),
      allowNull: false,
      defaultValue: literal('DEFAULT'),
    },
    inboxUrl: { type: DataTypes.TEXT },
    sharedInboxUrl: { type: DataTypes.TEXT },
    outboxUrl: { type: DataTypes.TEXT },
    followersUrl: { type: DataTypes.TEXT },
    followingUrl: { type: DataTypes.TEXT },
    featuredUrl: { type: DataTypes.TEXT },
    moderatorsUrl: { type: DataTypes.TEXT },
    restrictsPosting: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    publicKeyId: { type: DataTypes.TEXT },
    publicKeyPem: { type: DataTypes.TEXT },
    alsoKnownAs: {
      type: DataTypes.ARRAY(DataTypes.TEXT),
      allowNull: false,
      defaultValue: literal('DEFAULT'),
    },
    movedToId: { type: DataTypes.BIGINT },
    movedAt: { type: DataTypes.DATE },
    assertionKeys: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    postsCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    followersCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    followingCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    lastPostAt: { type: DataTypes.DATE },
    silencedAt: { type: DataTypes.DATE },
    suspendedAt: { type: DataTypes.DATE },
    goneAt: { type: DataTypes.DATE },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    updatedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    fetchedAt: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'accounts' },
)
