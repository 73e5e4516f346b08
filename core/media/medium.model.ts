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

export type MediumPurpose = 'attachment' | 'avatar' | 'header' | 'emoji' | 'preview'
export type MediumKind = 'image' | 'gifv' | 'video' | 'audio' | 'unknown'
/** `remote` media have not been fetched; the others are on their way, here, or failed with a reason. */
export type MediumState = 'waiting' | 'processing' | 'ready' | 'failed' | 'remote'
export type MediumSize = {
  width: number
  height: number
  frameRate?: string
  duration?: number
  bitrate?: number
}
/** Sizes after rotation, in pixels; duration in seconds, bitrate in bits per second. */
export type MediumMeta = {
  original?: Partial<MediumSize>
  small?: Partial<MediumSize>
  colors?: Record<string, string>
}

/** A picture, video or sound: an attachment, an avatar, a header or an emoji. */
export class Medium extends Model<InferAttributes<Medium>, InferCreationAttributes<Medium>> {
  declare id: CreationOptional<Id>
  declare ownerId: Id
  declare postId: CreationOptional<Id | null>
  declare position: CreationOptional<number>
  declare purpose: CreationOptional<MediumPurpose>
  declare kind: CreationOptional<MediumKind>
  declare state: CreationOptional<MediumState>
  declare failure: CreationOptional<string | null>
  declare mimeType: CreationOptional<string | null>
  declare uploadKey: CreationOptional<string | null>
  declare fileKey: CreationOptional<string | null>
  declare previewKey: CreationOptional<string | null>
  declare staticKey: CreationOptional<string | null>
  declare remoteUrl: CreationOptional<string | null>
  declare remotePreviewUrl: CreationOptional<string | null>
  declare description: CreationOptional<string | null>
  declare focusX: CreationOptional<number | null>
  declare focusY: CreationOptional<number | null>
  declare blurhash: CreationOptional<string | null>
  declare meta: CreationOptional<MediumMeta>
  declare bytes: CreationOptional<string | null>
  declare createdAt: CreationOptional<Date>
  declare viewedAt: CreationOptional<Date | null>
  declare lease: CreationOptional<number>
  declare leasedUntil: CreationOptional<Date | null>
  declare looseSince: CreationOptional<Date>
  declare heldUntil: CreationOptional<Date | null>
}

Medium.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    ownerId: { type: DataTypes.BIGINT, allowNull: false },
    postId: { type: DataTypes.BIGINT },
    position: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: literal('DEFAULT') },
    purpose: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    kind: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    state: { type: DataTypes.TEXT, allowNull: false, defaultValue: literal('DEFAULT') },
    failure: { type: DataTypes.TEXT },
    mimeType: { type: DataTypes.TEXT },
    uploadKey: { type: DataTypes.TEXT },
    fileKey: { type: DataTypes.TEXT },
    previewKey: { type: DataTypes.TEXT },
    staticKey: { type: DataTypes.TEXT },
    remoteUrl: { type: DataTypes.TEXT },
    remotePreviewUrl: { type: DataTypes.TEXT },
    description: { type: DataTypes.TEXT },
    focusX: { type: DataTypes.REAL },
    focusY: { type: DataTypes.REAL },
    blurhash: { type: DataTypes.TEXT },
    meta: { type: DataTypes.JSONB, allowNull: false, defaultValue: literal('DEFAULT') },
    bytes: { type: DataTypes.BIGINT },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    viewedAt: { type: DataTypes.DATE },
    lease: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    leasedUntil: { type: DataTypes.DATE },
    looseSince: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    heldUntil: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'media' },
)
