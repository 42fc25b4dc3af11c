/** What the graphics card paints into a node and along an edge: our own layers for sigma's programs. */

import type { EdgeLayer, FragmentLayer, SDFShape } from "sigma/rendering";
import { CORNERS } from "./corners";
import { distanceField, reach } from "./shapes";

/** Sigma binds its own textures below this one. */
const ICON_UNIT = 9;

/** The shapes of kinds for sigma. */
export function shapesForSigma(): SDFShape[] {
  return Object.keys(CORNERS).map((name) => ({
    name,
    glsl: distanceField(name),
    uniforms: [],
    inradiusFactor: Math.min(...[0, 1, 2, 3, 4, 5, 6, 7].map((turn) => reach(name, ...direction(turn)))),
  }));
}

function direction(turn: number): [number, number] {
  return [Math.cos((turn * Math.PI) / 4), Math.sin((turn * Math.PI) / 4)];
}

/** Ground, outline (dashed for what has ended), icon, and a dot on what is unverified. */
export function recordLayer(sheet: HTMLCanvasElement, count: number): FragmentLayer {
  const { FLOAT, UNSIGNED_BYTE } = WebGL2RenderingContext;
  const colour = (name: string) =>
    ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true, source: name, defaultValue: "#888888" }) as const;
  const number = (name: string) => ({ name, size: 1, type: FLOAT, source: name, defaultValue: 0 }) as const;
  return {
    name: "record",
    uniforms: [
      { name: "u_icons", type: "sampler2D" },
      { name: "u_iconCount", type: "float", value: count },
    ],
    attributes: [
      colour("fillColor"),
      colour("lineColor"),
      colour("iconColor"),
      colour("dotColor"),
      number("icon"),
      number("isDashed"),
    ],
    glsl: GLSL,
    lifecycle: ({ gl, getUniformLocation }) => {
      const texture = gl.createTexture();
      return {
        init: () => {
          gl.activeTexture(gl.TEXTURE0 + ICON_UNIT);
          gl.bindTexture(gl.TEXTURE_2D, texture);
          gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, sheet);
          gl.generateMipmap(gl.TEXTURE_2D);
          gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
          gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
          gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
          gl.activeTexture(gl.TEXTURE0);
        },
        beforeRender: () => {
          gl.activeTexture(gl.TEXTURE0 + ICON_UNIT);
          gl.bindTexture(gl.TEXTURE_2D, texture);
          gl.activeTexture(gl.TEXTURE0);
          gl.uniform1i(getUniformLocation("u_icons"), ICON_UNIT);
        },
        kill: () => gl.deleteTexture(texture),
      };
    },
  };
}

const GLSL = /* glsl */ `
vec4 layer_record(vec4 fillColor, vec4 lineColor, vec4 iconColor, vec4 dotColor, float icon, float isDashed, sampler2D icons, float iconCount) {
  float border = max(2.0 * context.pixelToUV, 0.13);
  float inside = smoothstep(context.aaWidth, -context.aaWidth, context.sdf + border);
  float turn = atan(context.uv.y, context.uv.x) / 6.2831853 * 10.0;
  float gap = isDashed * step(0.55, fract(turn));
  vec4 color = mix(mix(lineColor, fillColor, gap), fillColor, inside);
  vec2 spot = context.uv / 1.2 + 0.5;
  if (context.pixelToUV < 0.15 && spot.x > 0.0 && spot.x < 1.0 && spot.y > 0.0 && spot.y < 1.0) {
    float drawn = texture(icons, vec2((icon + spot.x) / iconCount, 1.0 - spot.y)).a;
    color = mix(color, vec4(iconColor.rgb, 1.0), drawn);
  }
  float dot = length(context.uv - vec2(0.5, 0.5)) - 0.24;
  color = mix(color, vec4(dotColor.rgb, 1.0), dotColor.a * smoothstep(context.aaWidth, -context.aaWidth, dot));
  return color;
}
`;

/** A line, or one of dashes where an edge has ended. */
export function lineLayer(): EdgeLayer {
  return {
    name: "line",
    uniforms: [],
    attributes: [{ name: "dashed", size: 1, type: WebGL2RenderingContext.FLOAT, source: "dashed", defaultValue: 0 }],
    glsl: /* glsl */ `
vec4 layer_line(EdgeContext ctx) {
  if (v_dashed < 0.5 || v_zone > 1.5) return v_color;
  float unit = ctx.thickness * 3.0;
  float along = abs(mod(ctx.distanceFromSource, 2.0 * unit) - unit) - 0.5 * unit;
  return vec4(v_color.rgb, v_color.a * smoothstep(-ctx.aaWidth, ctx.aaWidth, along));
}`,
  };
}
