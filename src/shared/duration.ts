/** Takes seconds and gives them as people say them: `40 s`, `6 min 43 s`, `2 h 5 min`, `3 d`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  if (whole < 86_400) {
    const minutes = Math.floor((whole % 3600) / 60);
    return minutes === 0 ? `${Math.floor(whole / 3600)} h` : `${Math.floor(whole / 3600)} h ${minutes} min`;
  }
  return `${Math.floor(whole / 86_400)} d`;
}

/** Takes a range of seconds and gives it as people say it: `20 to 40 seconds`, `12 to 18 minutes`. */
export function formatRange([from, to]: readonly [from: number, to: number]): string {
  const [unit, seconds] = to < 120 ? ["seconds", 1] : ["minutes", 60];
  const [least, most] = [from, to].map((each) => Math.max(1, Math.round(each / seconds)));
  return `${least === most ? "" : `${least} to `}${most} ${unit}`;
}
