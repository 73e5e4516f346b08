import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import type { EmojiUse } from '../accounts/account.model.ts'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'

export type AnnouncedAccount = { id: Id; username: string; acct: string; url: string }
export type AnnouncedPost = { id: Id; url: string }
export type AnnouncedTag = { name: string; url: string }

/** Something that the staff tells everybody here. */
export class Announcement extends Model<
  InferAttributes<Announcement>,
  InferCreationAttributes<Announcement>
> {
  declare id: CreationOptional<Id>
  declare text: string
  declare html: string
  declare mentions: CreationOptional<AnnouncedAccount[]>
  declare posts: CreationOptional<AnnouncedPost[]>
  declare hashtags: CreationOptional<AnnouncedTag[]>
  declare emojis: CreationOptional<EmojiUse[]>
  declare startsAt: CreationOptional<Date | null>
  declare endsAt: CreationOptional<Date | null>
  declare isAllDay: CreationOptional<boolean>
  declare scheduledAt: CreationOptional<Date | null>
  declare publishedAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>
  declare updatedAt: CreationOptional<Date>
}

const list = () => ({ type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') })

Announcement.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    text: { type: DataTypes.TEXT, allowNull: false },
    html: { type: DataTypes.TEXT, allowNull: false },
    mentions: list(),
    posts: list(),
    hashtags: list(),
    emojis: list(),
    startsAt: { type: DataTypes.DATE },
    endsAt: { type: DataTypes.DATE },
    isAllDay: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    scheduledAt: { type: DataTypes.DATE },
    publishedAt: { type: DataTypes.DATE },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    updatedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'announcements' },
)
