/** Layers are coloured by their height in the scheme: stone for the lowest, by way of blue and green, gold for the highest. */
const anchors = {
  light: ["#a7b0ab", "#7393b3", "#3f78b5", "#1b8f92", "#3f9b5f", "#c99a1e"],
  dark: ["#66726c", "#5d80a6", "#4d8fd6", "#2fb0a8", "#66b972", "#e3b93f"],
} as const;

export type Theme = keyof typeof anchors;

export function rampColour(height: number, theme: Theme): string {
  const stops = anchors[theme];
  const place = Math.min(1, Math.max(0, height)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(place));
  return blend(stops[index] ?? stops[0], stops[index + 1] ?? stops[0], place - index);
}

function blend(from: string, to: string, part: number): string {
  const channels = [1, 3, 5].map((start) => {
    const a = parseInt(from.slice(start, start + 2), 16);
    const b = parseInt(to.slice(start, start + 2), 16);
    return Math.round(a + (b - a) * part).toString(16).padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
