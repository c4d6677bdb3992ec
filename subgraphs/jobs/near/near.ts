import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { areaById, requireAreas } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';

@InputType({ description: 'A position in WGS 84.' })
export class PointInput {
  @Field(() => Float, { description: 'Degrees north, -90 to 90.' }) lat: number;
  @Field(() => Float, { description: 'Degrees east, -180 to 180.' }) lon: number;
}

@InputType({ description: 'A circle on the ground around either a territory or a point, whichever side of a border.' })
export class NearInput {
  @Field(() => ID, { nullable: true, description: 'Around the centroid of this territory.' }) territory?: string | null;
  @Field(() => PointInput, { nullable: true, description: 'Around this point.' }) point?: PointInput | null;
  @Field(() => Int, { description: 'Kilometres as the crow flies, 0 to 500.' }) radiusKm: number;
}

/** A circle as plain data. */
export interface Circle {
  lat: number;
  lon: number;
  radiusKm: number;
}

const WIDEST = 500;

export function checkRadius(argument: string, radiusKm: number): void {
  if (radiusKm < 0 || radiusKm > WIDEST) throw badInput(argument, radiusKm, `kilometres, 0 to ${WIDEST}`);
}

/** The circle that is asked for, or a refusal by the path of its argument. */
export async function circleOf(argument: string, { territory, point, radiusKm }: NearInput, context: Context): Promise<Circle> {
  checkRadius(`${argument}.radiusKm`, radiusKm);
  if ((territory == null) === (point == null)) throw badInput(argument, { territory, point }, 'either territory or point, and not both');
  if (point) {
    if (!(Math.abs(point.lat) <= 90)) throw badInput(`${argument}.point.lat`, point.lat, 'degrees, -90 to 90');
    if (!(Math.abs(point.lon) <= 180)) throw badInput(`${argument}.point.lon`, point.lon, 'degrees, -180 to 180');
    return { lat: point.lat, lon: point.lon, radiusKm };
  }
  return { ...(await centroidOf(`${argument}.territory`, territory!, context)), radiusKm };
}

/** The centroid of a territory, or a refusal: a country of which the hub knows a part has none. */
export async function centroidOf(argument: string, territory: string, context: Context): Promise<{ lat: number; lon: number }> {
  await requireAreas(argument, [territory], context);
  const area = (await context.load(areaById, territory))!;
  if (area.lat === null || area.lon === null) throw badInput(argument, territory, 'a territory with a centroid, such as "sillon-lorrain"; this one is not in the hub as a whole');
  return { lat: area.lat, lon: area.lon };
}
