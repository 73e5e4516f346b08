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

/** Somebody does not want to see somebody for a while. */
export class Mute extends Model<InferAttributes<Mute>, InferCreationAttributes<Mute>> {
  declare id: CreationOptional<Id>
  declare muterId: Id
  declare mutedId: Id
  declare hidesNotifications: CreationOptional<boolean>
  declare expiresAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>
}

Mute.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    muterId: { type: DataTypes.BIGINT, allowNull: false },
    mutedId: { type: DataTypes.BIGINT, allowNull: false },
    hidesNotifications: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
    expiresAt: { type: DataTypes.DATE },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'mutes' },
)
