using Pudong.Twin.Domain.Events;
using Pudong.Twin.Domain.Risk;

namespace Pudong.Twin.Domain.Elements;

/// <summary>Cases about an element, as far as they touch its evidence: opened, closed with or without verification, reopened.</summary>
internal static class Cases
{
    /// <summary>Whether a case is open.</summary>
    public static bool IsOpen(Draft draft, string @case) => IndexOf(draft, @case) >= 0;

    /// <summary>A case begins; from now on evidence can belong to it.</summary>
    public static void Open(Draft draft, CaseData data, long time)
    {
        if (IsOpen(draft, data.Case))
        {
            draft.Refuse(RefusalReason.TransitionNotAllowed, $"Case '{data.Case}' about {draft.Before.Id} is open already; open another one under another id.");
            return;
        }

        if (draft.Profile.Dossier.Cases.Length >= draft.Kind.OpenCaseLimit)
        {
            draft.Refuse(RefusalReason.TooManyCases, $"Element {draft.Before.Id} has {draft.Kind.OpenCaseLimit} open cases, as many as its kind allows; close one first.");
            return;
        }

        Begin(draft, data, time);
    }

    /// <summary>A case ends. Its evidence ends with it only when the handling was verified.</summary>
    public static void Close(Draft draft, CaseData data, long time)
    {
        var place = IndexOf(draft, data.Case);
        if (place < 0)
        {
            draft.Refuse(RefusalReason.UnknownCase, $"Element {draft.Before.Id} has no open case '{data.Case}' to be closed.");
            return;
        }

        draft.Profile = draft.Profile with { Dossier = draft.Profile.Dossier with { Cases = draft.Profile.Dossier.Cases.RemoveAt(place) } };
        draft.Changed();
        if (data.Verified)
        {
            draft.Add(RiskAction.CloseVerified(data.Case, time));
        }
    }

    /// <summary>The closing is undone, and its effect on the evidence too.</summary>
    public static void Reopen(Draft draft, CaseData data, long time)
    {
        if (IsOpen(draft, data.Case))
        {
            draft.Refuse(RefusalReason.TransitionNotAllowed, $"Case '{data.Case}' about {draft.Before.Id} is open; only a closed one can be reopened.");
            return;
        }

        Begin(draft, data, time);
        draft.Add(RiskAction.UndoClosing(data.Case, time));
    }

    private static void Begin(Draft draft, CaseData data, long time)
    {
        var opened = new OpenCase(data.Case, data.CaseType, time, data.Evidence);
        draft.Profile = draft.Profile with { Dossier = draft.Profile.Dossier with { Cases = draft.Profile.Dossier.Cases.Add(opened) } };
        draft.Changed();
    }

    private static int IndexOf(Draft draft, string @case)
    {
        var cases = draft.Profile.Dossier.Cases;
        for (var i = 0; i < cases.Length; i++)
        {
            if (cases[i].Case == @case)
            {
                return i;
            }
        }

        return -1;
    }
}
