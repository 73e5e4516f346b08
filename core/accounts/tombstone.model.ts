import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'

/** What was deleted, or undone before it came. */
export class Tombstone extends Model<InferAttributes<Tombstone>, InferCreationAttributes<Tombstone>> {
  declare uri: string
  declare actorUri: CreationOptional<string | null>
  declare formerType: CreationOptional<string | null>
  declare createdAt: CreationOptional<Date>
}

Tombstone.init(
  {
    uri: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
    actorUri: { type: DataTypes.TEXT },
    formerType: { type: DataTypes.TEXT },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'tombstones' },
)
