import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'

/** A server that was ever met, and how it behaves. */
export class Instance extends Model<InferAttributes<Instance>, InferCreationAttributes<Instance>> {
  declare domain: string
  declare software: CreationOptional<string | null>
  declare version: CreationOptional<string | null>
  declare nodeinfoFetchedAt: CreationOptional<Date | null>
  declare signatureScheme: CreationOptional<'cavage' | 'rfc9421' | null>
  declare schemeLearnedAt: CreationOptional<Date | null>
  declare schemeFailures: CreationOptional<number>
  declare firstContactAt: CreationOptional<Date>
  declare lastContactAt: CreationOptional<Date | null>
  declare lastFailureAt: CreationOptional<Date | null>
  declare failingDays: CreationOptional<number>
  declare recentFailures: CreationOptional<number>
  declare unavailableAt: CreationOptional<Date | null>
  declare pausedUntil: CreationOptional<Date | null>
  declare openings: CreationOptional<number>
  declare probingUntil: CreationOptional<Date | null>
  declare lastProblem: CreationOptional<string | null>
  declare recoveredAt: CreationOptional<Date | null>
}

Instance.init(
  {
    domain: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
    software: { type: DataTypes.TEXT },
    version: { type: DataTypes.TEXT },
    nodeinfoFetchedAt: { type: DataTypes.DATE },
    signatureScheme: { type: DataTypes.TEXT },
    schemeLearnedAt: { type: DataTypes.DATE },
    schemeFailures: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    firstContactAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
    lastContactAt: { type: DataTypes.DATE },
    lastFailureAt: { type: DataTypes.DATE },
    failingDays: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    recentFailures: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    unavailableAt: { type: DataTypes.DATE },
    pausedUntil: { type: DataTypes.DATE },
    openings: { type: DataTypes.INTEGER, allowNull: false, defaultValue: literal('DEFAULT') },
    probingUntil: { type: DataTypes.DATE },
    lastProblem: { type: DataTypes.TEXT },
    recoveredAt: { type: DataTypes.DATE },
  },
  { sequelize: db, tableName: 'instances' },
)
