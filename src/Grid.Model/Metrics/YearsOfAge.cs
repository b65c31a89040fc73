using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

/// <summary>
/// Completed years since the trait <c>birthday</c>, in local days. The age grows at local midnight of the birthday; for a birth on February 29th in a
/// year without that day, on March 1st. Without a birthday that is a date, the age is the whole number in the trait <c>age</c>, which time does not
/// change; without that it is absent. It is also absent before the birth.
/// </summary>
public sealed class YearsOfAge(LocalDays calendar) : Metric
{
    private const string Birthday = "birthday";
    private const string Age = "age";
    private const int DayOf1970 = 719_162;

    /// <summary>The reason why the value of <c>birthday</c> or <c>age</c> gives no age; null when it gives one, and for every other trait.</summary>
    public static Reason? Fault(string trait, TraitValue value) => trait switch
    {
        _ when value.Kind == TraitKind.Removed => null,
        Birthday when BirthdayText.Parse(value.Text, LocalDays.Utc) is null => Reasons.NoBirthday,
        Age when AgeOf(value) is null => Reasons.NoAge,
        _ => null,
    };

    /// <summary>Whether the age is read from a trait.</summary>
    public static bool IsReadFrom(string trait) => trait is Birthday or Age;

    public override ValueKind Kind => ValueKind.Count;

    public override FactKinds Reads => FactKinds.Traits;

    public override long Value(Customer customer, Instant now, Baseline baseline)
    {
        if (BirthdayOf(customer) is not { } birthday) return Said(customer);
        var today = calendar.DayOf(now);
        var years = YearOf(today) - birthday.Year;
        if (years >= 0 && today < Anniversary(birthday, years)) years--;
        return years < 0 ? Absent : years;
    }

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline)
    {
        if (BirthdayOf(customer) is not { } birthday) return Instant.Never;
        var age = Value(customer, now, baseline);
        return Turns(birthday, age == Absent ? 0 : age + 1);
    }

    public override Instant StaysUntil(Customer customer, Instant now, Baseline baseline, long bound)
    {
        if (BirthdayOf(customer) is not { } birthday) return Instant.Never;
        var next = Instant.Never;
        foreach (var age in (ReadOnlySpan<long>)[0, bound, bound + 1])
            if (age >= 0 && Turns(birthday, age) is var turns && turns > now)
                next = Instant.Min(next, turns);
        return next;
    }

    /// <summary>The birthday; null when there is none or it is no date.</summary>
    private DateOnly? BirthdayOf(Customer customer) => Find(customer, Birthday) is { } value ? BirthdayText.Parse(value.Text, calendar) : null;

    private static long Said(Customer customer) =>
        Find(customer, Age) is { } value && AgeOf(value) is { } age ? age : Absent;

    private static long? AgeOf(TraitValue value) =>
        value.AsNumber() is { } age && age == decimal.Truncate(age) && age is >= 0 and <= int.MaxValue ? (long)age : null;

    private static TraitValue? Find(Customer customer, string name)
    {
        foreach (ref readonly var entry in customer.Attributes.Traits)
            if (entry.Name == name)
                return entry.Value;
        return null;
    }

    /// <summary>The first instant of an age; <see cref="Instant.Never"/> beyond the last year that a date can have.</summary>
    private Instant Turns(DateOnly birthday, long age) =>
        birthday.Year + age >= DateOnly.MaxValue.Year ? Instant.Never : calendar.StartOf(Anniversary(birthday, (int)age));

    private static int YearOf(int day) => DateOnly.FromDayNumber(DayOf1970 + day).Year;

    private static int Anniversary(DateOnly birthday, int years)
    {
        var year = birthday.Year + years;
        var date = birthday is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year)
            ? new DateOnly(year, 3, 1)
            : new DateOnly(year, birthday.Month, birthday.Day);
        return date.DayNumber - DayOf1970;
    }
}
