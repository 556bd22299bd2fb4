import type { Place } from "../flow/contract";
import type { AnyDriver } from "../service/operations";

/** A service of a provider, under both of its names. */
export interface FacadeService {
  readonly fields: readonly string[];
  driverAt(place: Place): AnyDriver;
}

/**
 * Makes providers that are `base` and the services, all calls through which stand at a place in a flow. Drivers are made when first asked for, so that one
 * costs a handler's run next to nothing.
 */
export function facadesOf(base: object, services: readonly FacadeService[]): (place: Place) => object {
  const places = new WeakMap<object, Place>();
  const facade = { ...base };
  for (const service of services) {
    const drivers = new WeakMap<object, AnyDriver>();
    const get = function (this: object): AnyDriver | undefined {
      const place = places.get(this);
      let driver = drivers.get(this);
      if (!driver && place) drivers.set(this, (driver = service.driverAt(place)));
      return driver;
    };
    for (const field of service.fields) Object.defineProperty(facade, field, { get, enumerable: true });
  }
  return (place) => {
    const cloud = Object.create(facade) as object;
    places.set(cloud, place);
    return Object.freeze(cloud);
  };
}
