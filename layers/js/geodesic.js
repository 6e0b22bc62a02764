// Distance on the WGS84 ellipsoid, as the server measures it.
(function (khyber) {
  "use strict";

  const A = 6378137;
  const F = 1 / 298.257223563;
  const B = A * (1 - F);
  const RADIUS_KM = 6371.0088;
  // A sphere is wrong by at most 0.56 % (T. Vincenty's formula by less than a millimetre).
  const SPHERE_ERROR = 0.006;
  const ROUNDS = 100;

  const radians = (degrees) => (degrees * Math.PI) / 180;

  function sphereKm(lat1, lon1, lat2, lon2) {
    const north = Math.sin(radians(lat2 - lat1) / 2);
    const east = Math.sin(radians(lon2 - lon1) / 2);
    const both = Math.cos(radians(lat1)) * Math.cos(radians(lat2));
    return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(north * north + both * east * east)));
  }

  // Vincenty's inverse formula (Survey Review 23, 1975). NaN for points almost opposite
  // each other on the earth, where it does not settle.
  khyber.geodesicKm = function (lat1, lon1, lat2, lon2) {
    const u1 = Math.atan((1 - F) * Math.tan(radians(lat1)));
    const u2 = Math.atan((1 - F) * Math.tan(radians(lat2)));
    const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    const apart = radians(lon2 - lon1);
    let lambda = apart;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [sin, cos] = [Math.sin(lambda), Math.cos(lambda)];
      const sinSigma = Math.hypot(cos2 * sin, cos1 * sin2 - sin1 * cos2 * cos);
      if (sinSigma === 0) return 0;
      const cosSigma = sin1 * sin2 + cos1 * cos2 * cos;
      const sigma = Math.atan2(sinSigma, cosSigma);
      const sinAlpha = (cos1 * cos2 * sin) / sinSigma;
      const cos2Alpha = 1 - sinAlpha * sinAlpha;
      const middle = cos2Alpha === 0 ? 0 : cosSigma - (2 * sin1 * sin2) / cos2Alpha;
      const c = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
      const turn = middle + c * cosSigma * (2 * middle * middle - 1);
      const before = lambda;
      lambda = apart + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * turn);
      if (Math.abs(lambda - before) > 1e-12) continue;
      return (B * along(cos2Alpha, sigma, sinSigma, cosSigma, middle)) / 1000;
    }
    return NaN;
  };

  function along(cos2Alpha, sigma, sinSigma, cosSigma, middle) {
    const u = (cos2Alpha * (A * A - B * B)) / (B * B);
    const a = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
    const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
    const square = 2 * middle * middle - 1;
    const third = (b / 6) * middle * (4 * sinSigma * sinSigma - 3) * (4 * middle * middle - 3);
    return a * (sigma - b * sinSigma * (middle + (b / 4) * (cosSigma * square - third)));
  }

  // Whether two points are no further apart than a distance; the exact formula is only
  // asked where a sphere cannot tell.
  khyber.isWithinKm = function (lat1, lon1, lat2, lon2, km) {
    const roughly = sphereKm(lat1, lon1, lat2, lon2);
    if (!(roughly * (1 - SPHERE_ERROR) <= km)) return false;
    if (roughly * (1 + SPHERE_ERROR) < km) return true;
    return khyber.geodesicKm(lat1, lon1, lat2, lon2) <= km;
  };
})(window.khyber);
