import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';

export enum RegisterScheme {
  SIREN = 'SIREN',
  SIRET = 'SIRET',
  RCS_LU = 'RCS_LU',
  HRB = 'HRB',
  EUID = 'EUID',
  VAT = 'VAT',
  LEI = 'LEI',
}
registerEnumType(RegisterScheme, {
  name: 'RegisterScheme',
  description: 'A register that numbers companies.',
  valuesConfig: {
    SIREN: { description: 'French company: nine digits, the last a check digit, 732829320.' },
    SIRET: { description: 'Establishment of a French company: its SIREN and five digits, 73282932000074.' },
    RCS_LU: { description: 'Registre de commerce et des sociétés of Luxembourg: section letter and number, B123456.' },
    HRB: { description: 'German Handelsregister, section B: court and number, Saarbrücken HRB 12345.' },
    EUID: { description: 'European unique identifier: country, register, dot, number, LURCSL.B123456 or DEV1109.HRB12345.' },
    VAT: { description: 'Value-added tax number with its country, LU15027442.' },
    LEI: { description: 'Legal entity identifier of ISO 17442: twenty characters, the last two check digits.' },
  },
});

@KeptAsParent
@ObjectType({ description: "A company's number in a register.", simpleResolvers: true })
export class RegisterId {
  @Field(() => RegisterScheme, { description: 'The register.' }) scheme: RegisterScheme;
  @Field(() => String, { description: 'The number in its canonical form, without the spaces and dots that only group it.' }) value: string;
}

@InputType({ description: 'A number and the register that gave it; spaces, dots and case do not matter.' })
export class RegisterIdInput {
  @Field(() => RegisterScheme, { description: 'The register.' }) scheme: RegisterScheme;
  @Field(() => String, { description: 'The number; one that is malformed or fails its check digits is refused.' }) value: string;
}
