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

export type PreviewState = 'waiting' | 'ready' | 'failed'
export type PreviewKind = 'link' | 'photo' | 'video'

/** What a page that posts link to says about itself. */
export class Preview extends Model<InferAttributes<Preview>, InferCreationAttributes<Preview>> {
  declare id: CreationOptional<Id>
  declare url: string
  declare state: CreationOptional<PreviewState>
  declare kind: CreationOptional<PreviewKind>
  declare title: CreationOptional<string>
  declare description: CreationOptional<string>
  declare language: CreationOptional<string | null>
  declare authorName: CreationOptional<string>
  declare authorUrl: CreationOptional<string>
  declare providerName: CreationOptional<string>
  declare providerUrl: CreationOptional<string>
  declare html: CreationOptional<string>
  declare embedUrl: CreationOptional<string>
  declare width: CreationOptional<number>
  declare height: CreationOptional<number>
  declare imageDescription: CreationOptional<string>
  declare mediumId: CreationOptional<Id | null>
  declare creatorId: CreationOptional<Id | null>
  declare publishedAt: CreationOptional<Date | null>
  declare dueAt: CreationOptional<Date>
  declare failures: CreationOptional<number>
  declare createdAt: CreationOptional<Date>
  declare isTrendable: CreationOptional<boolean | null>
}

const usual = { allowNull: false, defaultValue: literal('DEFAULT') }

Preview.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    url: { type: DataTypes.TEXT, allowNull: false },
    state: { type: DataTypes.TEXT, ...usual },
    kind: { type: DataTypes.TEXT, ...usual },
    title: { type: DataTypes.TEXT, ...usual },
    description: { type: DataTypes.TEXT, ...usual },
    language: { type: DataTypes.TEXT },
    authorName: { type: DataTypes.TEXT, ...usual },
    authorUrl: { type: DataTypes.TEXT, ...usual },
    providerName: { type: DataTypes.TEXT, ...usual },
    providerUrl: { type: DataTypes.TEXT, ...usual },
    html: { type: DataTypes.TEXT, ...usual },
    embedUrl: { type: DataTypes.TEXT, ...usual },
    width: { type: DataTypes.INTEGER, ...usual },
    height: { type: DataTypes.INTEGER, ...usual },
    imageDescription: { type: DataTypes.TEXT, ...usual },
    mediumId: { type: DataTypes.BIGINT },
    creatorId: { type: DataTypes.BIGINT },
    publishedAt: { type: DataTypes.DATE },
    dueAt: { type: DataTypes.DATE, ...usual },
    failures: { type: DataTypes.INTEGER, ...usual },
    createdAt: { type: DataTypes.DATE, ...usual },
    isTrendable: { type: DataTypes.BOOLEAN },
  },
  { sequelize: db, tableName: 'previews' },
)
